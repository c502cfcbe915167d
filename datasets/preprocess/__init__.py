"""Preparing tables for a network; what is measured for it is measured on the rows it is fitted to, no others."""
