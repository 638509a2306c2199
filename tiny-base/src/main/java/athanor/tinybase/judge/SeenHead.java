package athanor.tinybase.judge;

import athanor.tinybase.world.Accessory;
import athanor.tinybase.world.Gender;
import athanor.tinybase.world.HairColour;
import athanor.tinybase.world.Shirt;
import athanor.tinybase.world.Subject;
import org.jspecify.annotations.Nullable;

/**
 * A head in a picture and what it says about its owner.
 *
 * @param centre middle of the skull
 * @param halfHeight of the skull, in pixels
 * @param hair of a person of the world; meaningless for a subject or under a hat
 * @param subject whose head it is, or null for a person of the world
 */
public record SeenHead(
        Spot centre,
        double halfHeight,
        Gender gender,
        HairColour hair,
        Shirt shirt,
        Accessory accessory,
        @Nullable Subject subject) {}
