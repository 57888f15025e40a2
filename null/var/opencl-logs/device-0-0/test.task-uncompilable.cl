#pragma OPENCL EXTENSION cl_khr_fp64 : enable  
#pragma OPENCL EXTENSION cl_khr_fp16 : enable  
#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable  
__kernel void uncompilable(__global long *_kernel_context, __constant uchar *_constant_region, __local uchar *_local_region, __global int *_atomics, __global uchar *control, __global uchar *receipts, __global uchar *array)
{
  long l_12, l_13, l_14; 
  int i_3, i_9, i_8, i_6, i_11, i_10; 
  ulong ul_0, ul_15, ul_7, ul_5, ul_2, ul_1; 
  bool b_4; 

  // BLOCK 0
  ul_0  =  (ulong) control;
  ul_1  =  (ulong) receipts;
  ul_2  =  (ulong) array;
  i_3  =  get_global_id(0);
  b_4  =  i_3 == 0;
  if(b_4)
  {
    // BLOCK 1
    ul_5  =  ul_1 + 16L;
    i_6  =  *((__global int *) ul_5);
    ul_7  =  ul_0 + 16L;
    i_8  =  *((__global int *) ul_7);
    i_9  =  i_6 << 5;
    i_10  =  i_9 - i_6;
    i_11  =  i_10 + i_8;
    *((__global int *) ul_5)  =  i_11;
  }  // B0
  else
  {
    // BLOCK 2
  }  // B0
  // BLOCK 3 MERGES [2 1 ]
  l_12  =  (long) i_3;
  l_13  =  l_12 + 4L;
  l_14  =  l_13 << 2;
  ul_15  =  ul_2 + l_14;
  *((__global float *) ul_15)  =  NaNF;
  return;
}  //  kernel
