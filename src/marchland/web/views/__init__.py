"""One module for each view: reads the address, asks, and hands the answer to a template."""
