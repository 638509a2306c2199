/** Drawings that go on while nobody waits for them: asked for, looked at, followed, cancelled. */
@NullMarked
package athanor.sample.later;

import org.jspecify.annotations.NullMarked;
