/** The lexer and the parser of templates. */
@NullMarked
package dev.sluice.jinja.syntax;

import org.jspecify.annotations.NullMarked;
