"""What leaves the office as a file: docx out of templates, xlsx, ics. Values in, bytes out; nothing is looked up."""
