"""The page's part «board»."""

from fastapi import APIRouter

router = APIRouter()
