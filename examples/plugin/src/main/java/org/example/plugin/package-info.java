/** A plugin as a third party writes it. */
package org.example.plugin;
