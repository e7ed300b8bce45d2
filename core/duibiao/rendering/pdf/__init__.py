"""The layout of LibreOffice and the originals become one PDF."""
