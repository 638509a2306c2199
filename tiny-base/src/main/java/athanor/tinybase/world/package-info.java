/**
 * The drawn world: small people in four places and three framings, painted from a seed at any size, with their captions
 * and the truth about where head and body are. Also the {@link athanor.tinybase.world.Subject subjects} that the world
 * never shows, and the tokenizer that knows the world's words. Nothing here knows a network.
 *
 * <p>Two frames of coordinates: <em>figure units</em> (feet at the origin, y downwards, skull from -96 to -60) and
 * <em>picture units</em> (the shorter side of the picture is 64).
 */
@NullMarked
package athanor.tinybase.world;

import org.jspecify.annotations.NullMarked;
