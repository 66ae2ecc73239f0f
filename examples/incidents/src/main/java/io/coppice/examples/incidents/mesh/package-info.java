/**
 * A registry that several gateways share, and what goes wrong with such ones: written as an
 * application, in {@link io.coppice.examples.incidents.mesh.kit}.
 */
@NullMarked
package io.coppice.examples.incidents.mesh;

import org.jspecify.annotations.NullMarked;
