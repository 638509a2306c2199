/**
 * The broker and the store of one machine: a real Kafka and a real S3 server inside this JVM, on loopback only, with
 * their data in one folder. Nothing here knows the services.
 */
@NullMarked
package athanor.stack.infra;

import org.jspecify.annotations.NullMarked;
