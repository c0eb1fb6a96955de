"""Charts as SVG made on the server: they need no script, and each mark that stands for records is a link to them."""
