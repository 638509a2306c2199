/** How many pictures a second a running ingest-service takes, and how much memory it and its decoders need meanwhile. */
@NullMarked
package athanor.stack.measure;

import org.jspecify.annotations.NullMarked;
