"""What `dondoc doctor` looks at: one function a check, one file a subject; doctor.py holds the list."""
