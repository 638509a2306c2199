/**
 * Drawing with a base model. One model is kept loaded and one picture batch is drawn at a time, whoever asks: two
 * models would not fit the memory of a card, and two renderings on the same cores are slower than one after the other.
 */
@NullMarked
package athanor.sample.render;

import org.jspecify.annotations.NullMarked;
