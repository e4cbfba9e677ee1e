"""What each subject means and how it is drawn. Imports geodata, never callbacks, dashapp or dash."""
