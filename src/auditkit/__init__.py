"""auditkit: assess a service management system against ISO/IEC 20000-1 from the evidence itself."""

__version__ = "0.1.0"
