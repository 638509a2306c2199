/**
 * A real Kafka broker and a real S3 server inside the JVM of a test, or the addresses of others. {@code -Dstack=} chooses:
 * {@code embedded} (the default), {@code containers} or {@code external}. The choice is never guessed: asking whether
 * Docker is there can take minutes, and a test that silently runs against something else proves nothing.
 */
@NullMarked
package athanor.teststack;

import org.jspecify.annotations.NullMarked;
