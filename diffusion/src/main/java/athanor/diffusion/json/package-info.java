/**
 * JSON of headers, configurations and vocabularies, read strictly because strangers wrote it. The one package that knows
 * Jackson, and of it the streaming parser alone.
 */
@NullMarked
package athanor.diffusion.json;

import org.jspecify.annotations.NullMarked;
