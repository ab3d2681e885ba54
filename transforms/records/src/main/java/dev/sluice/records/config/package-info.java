/** What a config record says about itself: texts, defaults and ranges of the keys of a file. */
@NullMarked
package dev.sluice.records.config;

import org.jspecify.annotations.NullMarked;
