/**
 * What the services take and answer over REST, in JSON as {@link athanor.contracts.json.Json} writes it. A service returns
 * these records and a client reads them; which path takes and gives which is in the OpenAPI document of each service, at
 * {@code /q/openapi}.
 */
@NullMarked
package athanor.contracts.rest;

import org.jspecify.annotations.NullMarked;
