/**
 * The S3 object store behind one small interface, with the keys of every object in one place. Plain S3 only: no tags, no
 * versions, no key that is a prefix of another, conditional writes on small single-part objects, so that any S3 server
 * that keeps {@link athanor.store.StorePromises} will do.
 */
@NullMarked
package athanor.store;

import org.jspecify.annotations.NullMarked;
