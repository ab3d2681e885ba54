/** What rows of training datasets are made of: problems, labelled solutions, preference pairs. */
@NullMarked
package dev.sluice.export.items;

import org.jspecify.annotations.NullMarked;
