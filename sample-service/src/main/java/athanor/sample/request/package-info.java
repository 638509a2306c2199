/** Reading what somebody asks for by REST: LoRAs by any name, bounds, and what the finished file says of it. */
@NullMarked
package athanor.sample.request;

import org.jspecify.annotations.NullMarked;
