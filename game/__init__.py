"""Powerdance: an ecosystem game about power over and power with."""
