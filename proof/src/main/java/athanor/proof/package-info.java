/**
 * What a LoRA can do, measured: whom it shows, what it does to the class, at which checkpoint and
 * strength. {@link ProveLora} is told who draws and who looks ({@link Studio}); it knows no network and no service.
 */
@NullMarked
package athanor.proof;

import org.jspecify.annotations.NullMarked;
