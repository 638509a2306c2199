/** What a training would need of a memory and keep of pictures: asked for before anything is spent, and part of every run. */
@NullMarked
package athanor.contracts.plan;

import org.jspecify.annotations.NullMarked;
