/**
 * Drawing with a base model. Models are kept loaded as far as memory allows, and one picture batch is drawn at a time, whoever
 * asks: two renderings on the same cores are slower than one after the other.
 */
@NullMarked
package athanor.sample.render;

import org.jspecify.annotations.NullMarked;
