"""Everything here is true already."""
annotations = division = print_function = unicode_literals = absolute_import = with_statement = generator_stop = True
nested_scopes = generators = barry_as_FLUFL = True
