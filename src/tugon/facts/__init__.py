"""Named, typed values kept once and used by articles, templates, forms and automatic mail by reference."""
