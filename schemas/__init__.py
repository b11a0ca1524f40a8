"""The wire: marshmallow shapes on one side, domain values on the other."""
