"""The look of the portal: base templates, components, style sheets. No models, no rules of the domain."""
