"""What pages import: LWC modules, ``lightning/*``, ``@salesforce/*``, and Aura bundles."""
