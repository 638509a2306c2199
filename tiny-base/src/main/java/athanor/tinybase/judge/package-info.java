/**
 * The judge: looks at a picture and says who is in it, where, and whether head and body belong together. A small convolutional
 * network finds heads, shirts and feet and reads the attributes at the heads; everything else (framing, share of the head, head
 * on body) is geometry on what it found. It is trained only on drawings and is no part of the base model.
 */
@NullMarked
package athanor.tinybase.judge;

import org.jspecify.annotations.NullMarked;
