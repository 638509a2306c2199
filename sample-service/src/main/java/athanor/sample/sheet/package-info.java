/**
 * The contact sheet: one picture from which a person sees whether a LoRA is any good. Rows of pictures with words at
 * their left, painted with Java2D. It shows pictures and sentences that it is given and judges nothing itself.
 */
@NullMarked
package athanor.sample.sheet;

import org.jspecify.annotations.NullMarked;
