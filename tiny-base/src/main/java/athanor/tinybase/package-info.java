/** The small base model that ships with the project: commands that draw its world, pretrain it and measure on it. */
@NullMarked
package athanor.tinybase;

import org.jspecify.annotations.NullMarked;
