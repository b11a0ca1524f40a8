"""The backend that lets a fire brigade hand people their premises back."""
