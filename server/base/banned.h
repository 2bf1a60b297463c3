/* Included before every C file by the build: functions that invite overflows, shared static state or shells. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gmtime localtime asctime ctime atoi atol popen

#endif
