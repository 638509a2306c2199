/**
 * Who may ask. On the loopback address nobody is asked who he is; anywhere else whoever asks brings the key of a tenant, and a
 * service without keys does not start.
 */
@NullMarked
package athanor.access;

import org.jspecify.annotations.NullMarked;
