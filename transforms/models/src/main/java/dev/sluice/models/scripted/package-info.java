/** Language models with fixed replies: for tests of what calls a model. */
@NullMarked
package dev.sluice.models.scripted;

import org.jspecify.annotations.NullMarked;
