/**
 * Rules that every file of the checkout keeps: size, packages, visibility, class path, documents.
 */
@NullMarked
package dev.sluice.runners.rules;

import org.jspecify.annotations.NullMarked;
