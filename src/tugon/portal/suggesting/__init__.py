"""Answers beside the form while somebody writes, and the kind end when one of them helped."""
