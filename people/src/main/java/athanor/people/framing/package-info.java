/** How much of a person is in a picture: shot scales as cinema and prompts name them. Works on what was seen, not on pixels. */
@NullMarked
package athanor.people.framing;

import org.jspecify.annotations.NullMarked;
