"""The pack's own filter, for plain cookiecutter."""

from jinja2.ext import Extension

from local_extensions.fit import fit


class FitExtension(Extension):
    """Gives the templates the filter ``fit``, which sfgen has of its own."""

    def __init__(self, environment):
        super().__init__(environment)
        environment.filters["fit"] = fit
