"""The pure centre: values, calendar, dues, decisions. No clock, no database, no network."""
