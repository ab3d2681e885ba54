/** What is generated from the types of config records: JSON Schema and the reference pages. */
@NullMarked
package dev.sluice.pipelines.file.pages;

import org.jspecify.annotations.NullMarked;
