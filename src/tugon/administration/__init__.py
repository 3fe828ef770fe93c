"""The screens on which a company sets Tugon up and looks after it. Writes only through operations of packages below.

Every page asks for one permission (`access.needs`); the side navigation shows what the reader may open.
"""
