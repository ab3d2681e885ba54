/** What a third party writes to add a provider of models. */
@NullMarked
package org.example.echo;

import org.jspecify.annotations.NullMarked;
