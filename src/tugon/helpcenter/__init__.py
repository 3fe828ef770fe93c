"""What people can read to help themselves: categories, sections, articles in several languages, and who may see which."""
