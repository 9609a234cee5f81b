/* method.h -- unique names for the functions of each method.

   Copyright (C) 2026 The ucspi-local authors
   SPDX-License-Identifier: GPL-3.0-or-later  */

/* The compiler reads this header before the source file of a method, so that
   all methods can be linked into one program.  SHIM_METHOD is the name of the
   method with "_" in place of "-".  */

#ifndef SHIM_METHOD_H
#define SHIM_METHOD_H

#define SHIM_JOIN_NOW(name, method) name##_##method
#define SHIM_JOIN(name, method) SHIM_JOIN_NOW (name, method)

#define peercred_method SHIM_JOIN (peercred_method, SHIM_METHOD)
#define peercred_query SHIM_JOIN (peercred_query, SHIM_METHOD)
#define peergroups_get SHIM_JOIN (peergroups_get, SHIM_METHOD)
#define peergroups_method SHIM_JOIN (peergroups_method, SHIM_METHOD)
#define shim_getsockopt SHIM_JOIN (shim_getsockopt, SHIM_METHOD)

#endif /* SHIM_METHOD_H */
